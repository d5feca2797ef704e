namespace Weir.Cli.Dev.Reading;

/// <summary>What sort of thing has happened; decides its colour and mark.</summary>
internal enum HappeningKind
{
    /// <summary>In order.</summary>
    Plain,

    /// <summary>Something is well again.</summary>
    Good,

    /// <summary>A stream went from one worker to another.</summary>
    Move,

    /// <summary>Something to look at.</summary>
    Warning,

    /// <summary>Something is lost.</summary>
    Bad,
}
