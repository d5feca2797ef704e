namespace Weir.Cli;

/// <summary>What `weir` says to a script.</summary>
internal static class ExitCode
{
    internal const int Ok = 0;
    internal const int Failed = 1;
    internal const int Usage = 2;
    internal const int NotFound = 3;
    internal const int Unplaced = 4;
    internal const int Refused = 5;
    internal const int TimedOut = 6;
}
