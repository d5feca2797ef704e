namespace Weir.Core.Planning;

/// <summary>
/// Why a stream is moved; the value is the base of its priority. 50 to 80 and 100 are the original system's figures,
/// a drain stands between them because it comes before anything voluntary.
/// </summary>
public enum MoveReason : byte
{
    /// <summary>A worker that held nothing gets its share.</summary>
    NewWorker = 50,

    /// <summary>A person asked for it: a pin.</summary>
    Manual = 60,

    /// <summary>The source holds more than its share, or the target less.</summary>
    Imbalance = 70,

    /// <summary>The source holds more than its share only because its performance has fallen.</summary>
    PerformanceDegraded = 80,

    /// <summary>The source is being emptied.</summary>
    WorkerDraining = 90,

    /// <summary>The source is gone. Only placements have it: a stream of a lost worker has no owner to be taken from.</summary>
    WorkerLost = 100,
}
