//! What is open around the next element, and the rows that are made of it.

use super::{
    super::{
        Coding, Kind, Row, Tag,
        header::{Header, ITEM},
    },
    NONE, Parser,
};

/// An open data set, item, sequence or encapsulated value.
#[derive(Clone, Copy)]
pub(super) struct Open {
    pub row: u32,
    pub kind: Kind,
    /// Position where it ends; [`super::UNBOUNDED`] where a delimiter ends it.
    pub end: u64,
    pub coding: Coding,
    pub charset: u16,
    /// Items or fragments so far.
    pub count: u32,
}

pub(super) struct Creator {
    pub level: usize,
    pub group: u16,
    pub block: u16,
    pub row: u32,
}

impl Parser<'_> {
    pub(super) fn push(&mut self, header: Header) -> u32 {
        let id = self.rows.rows.len() as u32;
        let depth = (self.stack.len() - 1) as u16;
        let offset = self.source.position();
        let level = self.top_mut();
        let (parent, charset) = (level.row, level.charset);
        let is_part = header.tag == ITEM;
        let mut link = NONE;
        let mut kind = Kind::Element;
        if is_part {
            link = level.count;
            level.count += 1;
            kind = if level.kind == Kind::Encapsulated { Kind::Fragment } else { Kind::Item };
        } else if header.tag.0 % 2 == 1 && header.tag.1 > 0xff {
            link = self.creator(header.tag);
        }
        self.rows.rows.push(Row {
            tag: header.tag,
            vr: header.vr,
            kind,
            depth,
            header: header.size,
            explicit: header.explicit,
            offset,
            length: header.length,
            end: id + 1,
            parent,
            link,
            charset,
            kept_at: 0,
            kept: 0,
        });
        id
    }

    fn creator(&self, tag: Tag) -> u32 {
        let level = self.stack.len();
        let own = self.creators.iter().rev().take_while(|creator| creator.level == level);
        let found = own.filter(|creator| creator.group == tag.0).find(|creator| creator.block == tag.1 >> 8);
        found.map_or(NONE, |creator| creator.row)
    }

    pub(super) fn open(&mut self, row: u32, kind: Kind, end: u64, coding: Coding) {
        if let Some(row) = self.rows.rows.get_mut(row as usize) {
            row.kind = kind;
        }
        let charset = self.top().charset;
        self.stack.push(Open { row, kind, end, coding, charset, count: 0 });
    }

    pub(super) fn close(&mut self) {
        let end = self.rows.rows.len() as u32;
        let level = self.stack.len();
        while self.creators.last().is_some_and(|creator| creator.level == level) {
            self.creators.pop();
        }
        if let Some(open) = self.stack.pop()
            && let Some(row) = self.rows.rows.get_mut(open.row as usize)
        {
            row.end = end;
        }
    }

    pub(super) fn tag_of(&self, row: u32) -> Tag {
        self.rows.get(row as usize).map_or(ITEM, |row| row.tag)
    }

    pub(super) fn top(&self) -> &Open {
        &self.stack[self.stack.len() - 1]
    }

    pub(super) fn top_mut(&mut self) -> &mut Open {
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }
}
