//! The functions of SQL: what a page is, what it says, whether it is kept, and which texts are alike.

mod likeness;
mod pages;
mod verdict;

use crate::{task, tokens::Tokens};
use datafusion::{
    arrow::{
        array::{ArrayRef, Int64Array, StringArray},
        datatypes::{DataType, Field},
    },
    common::{Result, cast::as_string_array, exec_datafusion_err},
    logical_expr::{
        ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, TypeSignature, Volatility,
    },
};
use std::{
    hash::{Hash, Hasher},
    path::Path,
    sync::Arc,
};

/// Every function, to be registered wherever a plan is made or run.
pub fn all() -> Vec<Arc<ScalarUDF>> {
    let text = DataType::Utf8;
    let functions = [
        Function {
            name: "corpus_parse",
            takes: vec![vec![text.clone(), text.clone()]],
            returns: DataType::List(Arc::new(Field::new_list_field(text.clone(), true))),
            volatility: Volatility::Immutable,
            body: pages::parse,
        },
        Function {
            name: "corpus_annotate",
            takes: vec![vec![text.clone()]],
            returns: text.clone(),
            volatility: Volatility::Immutable,
            body: pages::annotate,
        },
        Function {
            name: "corpus_article",
            takes: vec![vec![text.clone()]],
            returns: text.clone(),
            volatility: Volatility::Immutable,
            body: pages::article,
        },
        Function {
            name: "corpus_filter",
            takes: vec![vec![text.clone(), text.clone(), text.clone()]],
            returns: verdict::returns(),
            volatility: Volatility::Immutable,
            body: verdict::verdict,
        },
        Function {
            name: "corpus_sketch",
            takes: vec![vec![text.clone()]],
            returns: likeness::sketch_type(),
            volatility: Volatility::Immutable,
            body: likeness::sketch,
        },
        Function {
            name: "corpus_pairs",
            takes: vec![vec![likeness::keys_type(), DataType::Int64]],
            returns: likeness::pairs_type(),
            volatility: Volatility::Immutable,
            body: likeness::pairs,
        },
        Function {
            name: "corpus_likeness",
            takes: vec![vec![
                DataType::Binary,
                DataType::Binary,
                DataType::Float64,
                DataType::Float64,
                DataType::Float64,
            ]],
            returns: likeness::likeness_type(),
            volatility: Volatility::Immutable,
            body: likeness::likeness,
        },
        Function {
            name: "corpus_tokens",
            takes: vec![vec![text.clone(), text.clone()]],
            returns: DataType::Int64,
            volatility: Volatility::Immutable,
            body: tokens,
        },
        Function {
            name: "corpus_task",
            takes: vec![vec![text.clone()]],
            returns: text,
            // It writes files, and must be called once for each row.
            volatility: Volatility::Volatile,
            body: run_task,
        },
    ];
    functions.into_iter().map(|function| Arc::new(ScalarUDF::new_from_impl(function.ready()))).collect()
}

type Body = fn(&[ArrayRef]) -> Result<ArrayRef>;

/// A function that is declared.
struct Function {
    name: &'static str,
    takes: Vec<Vec<DataType>>,
    returns: DataType,
    volatility: Volatility,
    body: Body,
}

impl Function {
    fn ready(self) -> Callable {
        let forms = self.takes.into_iter().map(TypeSignature::Exact).collect();
        let signature = Signature::one_of(forms, self.volatility);
        Callable { name: self.name, signature, returns: self.returns, body: self.body }
    }
}

/// A function that can be called. Its name says which it is.
#[derive(Debug)]
struct Callable {
    name: &'static str,
    signature: Signature,
    returns: DataType,
    body: Body,
}

impl PartialEq for Callable {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Callable {}

impl Hash for Callable {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl ScalarUDFImpl for Callable {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.returns.clone())
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = args.args.iter().map(|value| value.to_array(args.number_rows));
        let arrays = arrays.collect::<Result<Vec<_>>>()?;
        Ok(ColumnarValue::Array((self.body)(&arrays)?))
    }
}

/// The texts of a column, each through `map`; what is null stays null.
fn map_texts(column: &ArrayRef, map: impl Fn(&str) -> Result<String>) -> Result<ArrayRef> {
    let texts = as_string_array(column)?.iter().map(|text| text.map(&map).transpose());
    Ok(Arc::new(texts.collect::<Result<StringArray>>()?))
}

/// `corpus_tokens(text, file)`: the number of tokens, by the `tokenizer.json` that is named.
fn tokens(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let (texts, files) = (as_string_array(&columns[0])?, as_string_array(&columns[1])?);
    let count = |(text, file): (Option<&str>, Option<&str>)| {
        let (Some(text), Some(file)) = (text, file) else { return Ok(None) };
        let count = Tokens::of(Path::new(file)).and_then(|tokens| tokens.count(text));
        let count = count.map_err(|error| exec_datafusion_err!("failed to {error}"))?;
        Ok(Some(i64::try_from(count).unwrap_or(i64::MAX)))
    };
    Ok(Arc::new(texts.iter().zip(files).map(count).collect::<Result<Int64Array>>()?))
}

fn run_task(columns: &[ArrayRef]) -> Result<ArrayRef> {
    map_texts(&columns[0], |task| task::run(task).map_err(|error| exec_datafusion_err!("failed to {error}")))
}
