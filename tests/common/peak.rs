//! A program followed to its end, and the memory that it took.

use std::{
    fs,
    process::Child,
    time::{Duration, Instant},
};

/// More than anything takes, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(240);

/// How it ended, and its peak memory in bytes; 0 where the system does not tell.
pub fn follow(child: &mut Child) -> (Option<i32>, u64) {
    let status = format!("/proc/{}/status", child.id());
    let (start, mut memory) = (Instant::now(), 0);
    loop {
        if let Some(peak) = fs::read_to_string(&status).ok().as_deref().and_then(peak) {
            memory = memory.max(peak);
        }
        if let Some(status) = child.try_wait().unwrap() {
            return (status.code(), memory);
        }
        if start.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("it hangs");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn peak(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib << 10)
}
