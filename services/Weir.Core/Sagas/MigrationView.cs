using Weir.Core.Assignments;
using Weir.Core.Leases;

namespace Weir.Core.Sagas;

/// <summary>The rows a step of a move is decided from, read in its transaction.</summary>
/// <param name="Row">The stream's assignment, locked.</param>
/// <param name="Source">The lease of the incarnation it leaves.</param>
/// <param name="Target">The lease of the incarnation it goes to.</param>
/// <param name="TargetTakesStreams">Whether the target's worker is neither cordoned nor draining.</param>
/// <param name="Context">Era, figures, drawn epoch and clock.</param>
public readonly record struct MigrationView(AssignmentRow Row, LeaseRow? Source, LeaseRow? Target, bool TargetTakesStreams, GrantContext Context);
