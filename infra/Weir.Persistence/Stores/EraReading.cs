using Weir.Core.Eras;

namespace Weir.Persistence.Stores;

/// <summary>The era as the tables have it, and the database as it is.</summary>
/// <param name="Row">The row.</param>
/// <param name="Actual">What the server, or the file, says of itself now.</param>
public readonly record struct EraReading(EraRow Row, DatabaseIdentity Actual)
{
    /// <summary>Whether epochs and incarnations may be drawn; the core's rule.</summary>
    public bool MayDraw => EraChange.MayDraw(Row, Actual);
}
