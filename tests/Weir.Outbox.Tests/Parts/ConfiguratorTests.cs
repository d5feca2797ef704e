using MassTransit;
using Weir.Testing.Traits;

namespace Weir.Outbox.Tests.Parts;

[Unit]
public sealed class ConfiguratorTests
{
    private static readonly Action<EntityFrameworkOutboxConfigurator>[] OutOfRange =
    [
        o => o.Lane = "",
        o => o.Lane = new string('x', 101),
        o => o.QueryDelay = TimeSpan.FromMilliseconds(49),
        o => o.QueryDelay = TimeSpan.FromMinutes(2),
        o => o.QueryMessageLimit = 0,
        o => o.QueryMessageLimit = 5_001,
        o => o.QueryTimeout = TimeSpan.Zero,
        o => o.DuplicateDetectionWindow = TimeSpan.FromSeconds(59),
        o => o.MessageBytesMax = 1_023,
        o => o.UseBusOutbox(b => b.MessageDeliveryLimit = 0),
        o => o.UseBusOutbox(b => b.MessageDeliveryTimeout = TimeSpan.FromSeconds(2)),
    ];

    [Fact]
    public void Start_OptionOutOfRange_Refuses() => Assert.All(OutOfRange, change =>
    {
        var options = new EntityFrameworkOutboxConfigurator().UsePostgres();
        change(options);

        Assert.Throws<ConfigurationException>(options.Build);
    });

    [Fact]
    public void Start_NoDatabaseChosen_Refuses() => Assert.Throws<ConfigurationException>(new EntityFrameworkOutboxConfigurator().Build);

    [Fact]
    public void Defaults_ArePinned()
    {
        var settings = new EntityFrameworkOutboxConfigurator().UsePostgres().Build();

        Assert.Equal(
            ("default", TimeSpan.FromSeconds(1), 1_000, TimeSpan.FromMinutes(30), 64, TimeSpan.FromSeconds(1)),
            (settings.Lane, settings.QueryDelay, settings.QueryMessageLimit, settings.DuplicateDetectionWindow, settings.MessageDeliveryLimit,
                settings.MessageDeliveryTimeout));
    }
}
