namespace Weir.Core.Planning;

/// <summary>What the planner may do with a worker.</summary>
public enum WorkerState : byte
{
    /// <summary>Takes and gives streams.</summary>
    Active,

    /// <summary>Takes no new streams and keeps what it holds, as long as that is no more than its share.</summary>
    Cordoned,

    /// <summary>Is being emptied: everything that can move leaves, and nothing comes.</summary>
    Draining,

    /// <summary>Is gone: its streams have no owner.</summary>
    Lost,
}
