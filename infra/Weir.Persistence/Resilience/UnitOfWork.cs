namespace Weir.Persistence.Resilience;

/// <summary>What one try of a unit of work has: a fresh scope, and in it a context with an open transaction.</summary>
/// <param name="Db">The context. What it still tracks is saved before the commit; its transaction is not the work's to end. A save that fails ends the try.</param>
/// <param name="Services">The scope, for stores, readers and publish endpoints.</param>
public sealed record UnitOfWork(WeirDbContext Db, IServiceProvider Services);
