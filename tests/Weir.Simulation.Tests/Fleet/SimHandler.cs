namespace Weir.Simulation.Tests.Fleet;

/// <summary>What a worker knows of one running handler besides its gate.</summary>
internal struct SimHandler
{
    /// <summary>Counts handlers of the stream, so that a late event of an earlier one is known.</summary>
    internal int Life { get; set; }

    internal long Position { get; set; }

    internal Weir.Core.Identity.Epoch WritesAt { get; set; }

    internal bool Writing { get; set; }

    internal TimeSpan StoppingSince { get; set; }
}
