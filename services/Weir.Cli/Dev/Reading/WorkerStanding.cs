namespace Weir.Cli.Dev.Reading;

/// <summary>How a worker stands.</summary>
internal enum WorkerStanding
{
    /// <summary>It beats in time and takes streams.</summary>
    Live,

    /// <summary>It is silent, and gets nothing new.</summary>
    Silent,

    /// <summary>It is being emptied.</summary>
    Draining,

    /// <summary>It keeps what it has and gets nothing new, as an operator wants.</summary>
    Cordoned,

    /// <summary>Its lease is over: its streams go elsewhere.</summary>
    Lost,

    /// <summary>It has ended in order.</summary>
    Left,
}
