using Weir.Core.Assignments;
using Weir.Core.Planning;

namespace Weir.Orchestrator.Planning;

/// <summary>One placement or move of a plan, with the row as the plan saw it.</summary>
/// <param name="Proposal">What is wanted.</param>
/// <param name="Reason">Why a stream is moved; null for a placement.</param>
internal readonly record struct PlanStep(GrantProposal Proposal, MoveReason? Reason);
