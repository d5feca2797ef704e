namespace Weir.Orchestrator.Tests.Stage;

/// <summary>What a scripted worker does with a command.</summary>
internal enum RawAnswer
{
    /// <summary>It does it and says so.</summary>
    Does,

    /// <summary>It says nothing.</summary>
    Ignores,

    /// <summary>Its handler fails.</summary>
    Fails,

    /// <summary>It refuses.</summary>
    Refuses,
}
