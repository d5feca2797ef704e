namespace Weir.Cli;

/// <summary>What `weir` says to a script; the same everywhere.</summary>
internal static class ExitCode
{
    internal const int Ok = 0;

    /// <summary>It was tried and did not work.</summary>
    internal const int Failed = 1;

    /// <summary>What was given cannot be used.</summary>
    internal const int Usage = 2;

    internal const int NotFound = 3;

    /// <summary>Something is not as it should be: streams without an owner, a check that fails, nobody who answers.</summary>
    internal const int Unhealthy = 4;

    internal const int Unplaced = 4;

    /// <summary>The key was refused, or a person said no.</summary>
    internal const int Refused = 5;

    internal const int TimedOut = 6;

    /// <summary>Something stands in the way.</summary>
    internal const int Conflict = 7;
}
