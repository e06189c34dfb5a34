fn main() -> std::process::ExitCode {
    dcmleak::cli::run()
}
