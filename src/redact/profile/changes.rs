use super::super::Action;
use crate::dicom::Tag;
use std::collections::BTreeMap;

/// What is done with attributes in another way than the standard's table asks for, at any depth.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in super::super) struct Changes {
    attributes: BTreeMap<Tag, Action>,
    creators: BTreeMap<String, Creator>,
}

/// What is done with a private creator's elements.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Creator {
    all: Option<Action>,
    /// By group and by the element's last two digits, whatever block a file reserved: PS3.5 section 7.8.1.
    elements: BTreeMap<(u16, u8), Action>,
}

impl Changes {
    pub fn set(&mut self, tag: Tag, action: Action) {
        self.attributes.insert(tag, action);
    }

    pub fn set_creator(&mut self, creator: &str, action: Action) {
        self.creators.entry(creator.to_owned()).or_default().all = Some(action);
    }

    pub fn set_private(&mut self, creator: &str, element: (u16, u8), action: Action) {
        self.creators.entry(creator.to_owned()).or_default().elements.insert(element, action);
    }

    /// What is done with an attribute of the standard.
    pub fn attribute(&self, tag: Tag) -> Option<Action> {
        self.attributes.get(&tag).copied()
    }

    /// What is done with an element of that creator.
    pub fn private(&self, creator: &str, tag: Tag) -> Option<Action> {
        let known = self.creators.get(creator.trim())?;
        known.elements.get(&(tag.0, tag.1 as u8)).copied().or(known.all)
    }
}
