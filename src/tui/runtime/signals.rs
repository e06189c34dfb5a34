use crossbeam_channel::Sender;
use std::io;

/// What the system asks of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// To end; the number of the signal.
    End(i32),
    /// To stop for a while, as the shell's job control does.
    Stop,
    /// To go on after a stop.
    Continue,
}

/// How long the program may take to end by itself.
#[cfg(unix)]
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(1500);

/// Hands signals on. When nothing ends the program in time after it was told to end, the terminal is put back and the
/// process left.
#[cfg(unix)]
pub fn listen(send: Sender<Signal>) -> io::Result<()> {
    use signal_hook::{consts::*, iterator::Signals};
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            let meaning = match signal {
                SIGTSTP => Signal::Stop,
                SIGCONT => Signal::Continue,
                number => Signal::End(number),
            };
            let heard = send.send(meaning).is_ok();
            if let Signal::End(number) = meaning {
                if heard {
                    std::thread::sleep(PATIENCE);
                }
                super::guard::restore();
                std::process::exit(128 + number);
            }
        }
    })?;
    Ok(())
}

/// Stops this process until it is told to continue.
#[cfg(unix)]
pub fn stop() {
    let _ = signal_hook::low_level::raise(signal_hook::consts::SIGSTOP);
}

#[cfg(not(unix))]
pub fn listen(_send: Sender<Signal>) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub fn stop() {}
