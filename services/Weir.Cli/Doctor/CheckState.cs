namespace Weir.Cli.Doctor;

/// <summary>How a check came out.</summary>
internal enum CheckState
{
    Ok,

    /// <summary>It works, and less well than it could.</summary>
    Warning,

    Failed,

    /// <summary>Nobody said where to look.</summary>
    Skipped,
}
