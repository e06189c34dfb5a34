//! Names and VRs of attributes, and names of UIDs: PS3.6, as `dicom-dictionary-std` has it.

use super::{Tag, Vr};
use dicom_core::dictionary::{
    DataDictionary, DataDictionaryEntry, DataDictionaryEntryRef, UidDictionary, VirtualVr,
};
use dicom_dictionary_std::{StandardDataDictionary, StandardSopClassDictionary};
use dicom_encoding::transfer_syntax::TransferSyntaxIndex;
use dicom_transfer_syntax_registry::TransferSyntaxRegistry;

fn entry(tag: Tag) -> Option<&'static DataDictionaryEntryRef<'static>> {
    <&StandardDataDictionary as DataDictionary>::by_tag(&&StandardDataDictionary, tag)
}

/// The attribute's keyword, as `PatientName`. Private attributes have none.
pub fn keyword(tag: Tag) -> Option<&'static str> {
    if tag.0 % 2 == 1 {
        return (0x10..=0xff).contains(&tag.1).then_some("PrivateCreator");
    }
    match tag {
        Tag(_, 0x0000) => Some("GroupLength"),
        Tag(0xfffe, 0xe000) => Some("Item"),
        _ => entry(tag).map(|entry| entry.alias),
    }
}

/// The attribute's VR; where the standard leaves a choice, the wider one. `None` for what it does not know.
pub fn vr(tag: Tag) -> Option<Vr> {
    if tag.1 == 0 {
        return Some(Vr::UL);
    }
    if tag.0 % 2 == 1 {
        return (0x10..=0xff).contains(&tag.1).then_some(Vr::LO);
    }
    entry(tag).map(|entry| match entry.vr() {
        VirtualVr::Exact(vr) => vr,
        VirtualVr::Xs | VirtualVr::Lt => Vr::US,
        VirtualVr::Ox | VirtualVr::Px => Vr::OW,
        _ => Vr::UN,
    })
}

/// The attribute of a keyword, spelled as the standard spells it.
pub fn by_keyword(keyword: &str) -> Option<Tag> {
    <&StandardDataDictionary as DataDictionary>::by_name(&&StandardDataDictionary, keyword)
        .map(|entry| entry.tag())
}

/// The registered name of a UID: transfer syntax or SOP class.
pub fn uid_name(uid: &str) -> Option<&'static str> {
    let uid = uid.trim_end_matches(['\0', ' ']);
    let sop_class = StandardSopClassDictionary.by_uid(uid).map(|entry| entry.name);
    sop_class.or_else(|| TransferSyntaxRegistry.get(uid).map(|syntax| syntax.name()))
}

/// The UIDs of the registered transfer syntaxes whose pixel data is encapsulated, in order.
pub fn encapsulated_syntaxes() -> Vec<&'static str> {
    let all = TransferSyntaxRegistry.iter().filter(|syntax| syntax.is_encapsulated_pixel_data());
    let mut all: Vec<_> = all.map(|syntax| syntax.uid()).collect();
    all.sort_unstable();
    all
}
