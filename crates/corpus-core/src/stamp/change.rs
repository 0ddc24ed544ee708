//! The words by which pages say that a date is one of change, not of publication.

/// Whether the words before a date say that the text was changed then.
pub(crate) fn says(label: &str) -> bool {
    if label.is_empty() {
        return false;
    }
    let label = label.to_lowercase();
    let begins = |word: &str| {
        label.match_indices(word).any(|(at, _)| !label[..at].ends_with(|before: char| before.is_alphabetic()))
    };
    WORDS.iter().any(|word| begins(word)) || UNSPACED.iter().any(|word| label.contains(word))
}

/// Whether the words behind a date say so, as they do in Chinese and Japanese.
pub(super) fn follows(rest: &str) -> bool {
    let rest = rest.trim_start();
    !rest.is_ascii() && ["更新", "に更新", "修订", "修訂"].iter().any(|word| rest.starts_with(word))
}

/// What a word or two of the label begin with.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "updated", "update", "lastmod", "last update", "modified", "edited", "last edit", "revised", "aktualisiert", "aktualisierung",
    "geändert", "bearbeitet", "überarbeitet", "mis à jour", "mise à jour", "modifié", "actualisé", "actualizad",
    "actualización", "modificad", "atualizad", "atualização", "aggiornat", "aggiornamento", "ultimo aggiornamento", "modifica",
    "aangepast", "bijgewerkt", "gewijzigd", "laatste wijziging", "uppdaterad", "uppdaterat", "ändrad", "oppdatert", "endret",
    "opdateret", "ændret", "päivitetty", "muokattu", "aktualizacja", "zaktualizowan", "aktualizován", "aktualizac", "upraveno",
    "aktualizovan", "ažuriran", "posodobljen", "spremenjen", "обновлен", "обновлён", "изменен", "изменён", "оновлен", "змінен",
    "актуализиран", "обновена", "güncelleme", "güncellendi", "güncellenme", "diperbarui", "diperbaharui", "frissítve",
    "módosítva", "actualizat", "modificat", "ενημερώθηκε", "ενημέρωση", "uuendatud", "muudetud", "atjaunin", "atnaujint",
    "cập nhật", "uppfært", "aktualizirano",
];

/// The same in scripts that set no spaces, or join words to what stands before them.
const UNSPACED: &[&str] = &[
    "수정",
    "업데이트",
    "更新",
    "修訂",
    "修订",
    "修改",
    "تحديث",
    "تعديل",
    "עודכן",
    "עדכון",
    "بروزرسانی",
    "अपडेट",
    "อัปเดต",
    "แก้ไข",
    "হালনাগাদ",
];
