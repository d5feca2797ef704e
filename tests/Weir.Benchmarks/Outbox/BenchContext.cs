using Microsoft.EntityFrameworkCore;
using Weir.Outbox;

namespace Weir.Benchmarks.Outbox;

/// <summary>One table of a service's own, and the outbox's.</summary>
internal sealed class BenchContext(DbContextOptions<BenchContext> options) : DbContext(options)
{
    public DbSet<Entry> Entries => Set<Entry>();

    public DbSet<Beat> Beats => Set<Beat>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTransactionalOutboxEntities();
}
