using Weir.Core.Planning;

namespace Weir.Diagnostics.Planning;

/// <summary>A plan that was made to be looked at, and what its places stand for.</summary>
/// <param name="Pool">Workers and streams by place.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Policy">What it was made under.</param>
internal sealed record PoolPlan(PoolSnapshot Pool, Plan Plan, Policy Policy);
