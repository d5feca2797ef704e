using Microsoft.EntityFrameworkCore;

namespace Weir.Outbox.TestHost.Shop;

/// <summary>Some service's database, with an outbox in it.</summary>
public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Tally> Tallies => Set<Tally>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddTransactionalOutboxEntities();
        modelBuilder.AddSaga<Tally>();
    }
}
