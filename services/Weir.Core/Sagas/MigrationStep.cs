using Weir.Core.Assignments;

namespace Weir.Core.Sagas;

/// <summary>What one event does to a move: both rows are written, and the command goes out, in one transaction.</summary>
/// <param name="Saga">The move as it is now.</param>
/// <param name="Row">The assignment as it is now.</param>
/// <param name="Command">What to send, or nothing.</param>
public readonly record struct MigrationStep(MigrationRow Saga, AssignmentRow Row, StreamCommand Command);
