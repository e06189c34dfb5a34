use crate::{
    leak::FindingId,
    library::{FileId, GroupId},
    tui::{
        keys::Action,
        state::{Chore, Effect, Field, Keep, Level, Model, Prompt, Standing, standing},
    },
};

/// Asks for the reason why the finding under the cursor is let stand, or has it count again.
pub fn toggle(model: &mut Model, group: bool, effects: &mut Vec<Effect>) {
    let Some(Chosen { file, id, name, alone, together }) = chosen(model) else {
        return model.say(Level::Note, "no finding under the cursor");
    };
    let has = if group { together } else { alone };
    if has {
        match group {
            true => take_group(model, name, None),
            false => model.library.catalog.acknowledge_finding(file, id, None),
        }
        changed(model, effects);
        return model.say(Level::Done, if group { "all of these count again" } else { "counts again" });
    }
    if together {
        let key = model.keymap.key(Action::AcknowledgeGroup);
        return model
            .say(Level::Note, format!("acknowledged with all of its kind; {key} has them count again"));
    }
    model.prompt = Some(Prompt::Reason { field: Field::default(), group });
}

/// Takes the reason.
pub fn accept(model: &mut Model, reason: &str, group: bool, effects: &mut Vec<Effect>) {
    if reason.trim().is_empty() {
        return model.say(Level::Note, "not acknowledged: it takes a reason");
    }
    let Some(Chosen { file, id, name, .. }) = chosen(model) else { return };
    match group {
        true => take_group(model, name, Some(reason)),
        false => model.library.catalog.acknowledge_finding(file, id, Some(reason)),
    }
    changed(model, effects);
    model.say(
        Level::Done,
        if group { "acknowledged, with all of its kind" } else { "acknowledged; counted apart from now on" },
    );
}

/// The finding under the cursor, and how it stands.
struct Chosen {
    file: FileId,
    id: FindingId,
    name: GroupId,
    /// Let stand by itself.
    alone: bool,
    /// Let stand with its group.
    together: bool,
}

fn chosen(model: &Model) -> Option<Chosen> {
    let tags = model.tags.as_ref()?;
    let catalog = &model.library.catalog;
    let (id, kept) = standing::identified(catalog, tags.file, &tags.opened, tags.finding()?)?;
    let together = catalog.acknowledged().group_reason(kept.shape).is_some();
    let alone = catalog.acknowledged().is_single(id);
    Some(Chosen { file: tags.file, id, name: GroupId::of(kept.shape), alone, together })
}

/// The files are counted again a few at a time.
fn take_group(model: &mut Model, name: GroupId, reason: Option<&str>) {
    let mut files = model.library.catalog.acknowledge_group(name, reason);
    let here = model.tags.as_ref().map(|tags| tags.file);
    // What is on the screen first.
    if let Some(here) = here {
        model.library.catalog.recount(here);
    }
    files.reverse();
    model.chores.push_back(Chore::Recount(files));
}

fn changed(model: &mut Model, effects: &mut Vec<Effect>) {
    restand(model);
    model.library.recounted();
    effects.push(Effect::Keep(Keep::Acknowledged(model.library.catalog.acknowledged().clone())));
}

/// Which findings of the open file count may have changed.
pub fn restand(model: &mut Model) {
    let catalog = &model.library.catalog;
    if let Some(tags) = &mut model.tags {
        tags.standing = Standing::of(catalog, tags.file, &tags.opened);
        tags.refilter(model.floor);
    }
}
