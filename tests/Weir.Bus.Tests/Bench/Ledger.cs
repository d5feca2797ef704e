using Microsoft.EntityFrameworkCore;
using Weir.Outbox;

namespace Weir.Bus.Tests.Bench;

/// <summary>A database whose consumer has an inbox: what it wrote is counted.</summary>
internal sealed class Ledger(DbContextOptions<Ledger> options) : DbContext(options)
{
    internal DbSet<LedgerLine> Lines => Set<LedgerLine>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<LedgerLine>();
        modelBuilder.AddTransactionalOutboxEntities();
    }
}
