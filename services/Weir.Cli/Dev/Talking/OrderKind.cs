namespace Weir.Cli.Dev.Talking;

/// <summary>What a person at the keyboard wants.</summary>
internal enum OrderKind
{
    /// <summary>End a worker without a word.</summary>
    Crash,

    /// <summary>Start one more.</summary>
    Add,

    /// <summary>End one in order.</summary>
    Drain,

    /// <summary>Say what the keys do, or no longer.</summary>
    Explain,

    /// <summary>Stop.</summary>
    Quit,
}
