namespace Weir.Testing.Servers.Processes;

/// <summary>The signals that tests send, by their numbers on Linux.</summary>
internal enum Signal
{
    Quit = 3,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}
