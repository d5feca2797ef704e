using Weir.Core.Planning;

namespace Weir.Diagnostics.Planning;

/// <summary>A plan that was made to be looked at, and what its places stand for.</summary>
/// <param name="Fleet">Workers and streams by place.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Policy">What it was made under.</param>
/// <param name="Waiting">Streams that are left out because their last owner may still act.</param>
internal sealed record PoolPlan(Fleet Fleet, Plan Plan, Policy Policy, int Waiting);
