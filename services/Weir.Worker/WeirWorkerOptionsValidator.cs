using System.Globalization;
using Microsoft.Extensions.Options;
using Weir.Core.Identity;
using Weir.Worker.Agent;

namespace Weir.Worker;

/// <summary>
/// Says all that is wrong at once, each with the field, its value and what would be right. By hand: the generated validator leaves
/// out the words that a range attribute is given.
/// </summary>
internal sealed class WeirWorkerOptionsValidator(IEnumerable<HandlerKind> kinds, IEnumerable<BusChosen> buses) : IValidateOptions<WeirWorkerOptions>
{
    private const int TextMax = 64;

    private readonly List<string> _faults = [];

    public ValidateOptionsResult Validate(string? name, WeirWorkerOptions options)
    {
        _faults.Clear();
        Check(WorkerId.TryParse(options.WorkerId, out _), "WorkerId", options.WorkerId, "1 to 64 letters, digits or hyphens, a letter or digit first, such as radio-1; no other worker's");
        Check(PoolName.IsAllowed(options.Pool), "Pool", options.Pool, $"{PoolName.Right}; leave it out for 'default'");
        Check(CapacityRule.Allows(options.Capacity), "Capacity", options.Capacity, $"{CapacityRule.Right}: how many streams of weight 1 this worker can run");
        if (LabelRule.Fault(options.Labels.AsReadOnly()) is { } fault)
            Check(false, fault.Name.Length == 0 ? "Labels" : $"Labels:{fault.Name}", fault.Value, fault.Right);
        Check(options.Version is null || (options.Version.Length <= TextMax && !options.Version.Any(char.IsControl)), "Version", options.Version, "at most 64 characters and no control character");
        Check(options.DrainFor, "DrainFor", TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Check(options.StopFor, "StopFor", TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Check(options.StuckAfter, "StuckAfter", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        Check(Enum.IsDefined(options.StuckHandler), "StuckHandler", options.StuckHandler, "Alert or ExitProcess");
        if (!kinds.Any())
            _faults.Add("No handler: call HandleStreams<YourHandler>(\"kind\") after AddWeirWorker");
        _faults.AddRange(buses.Select(bus => bus.Fault).OfType<string>());
        if (!buses.Any())
            _faults.Add("No bus: call UseRabbitMq(\"amqp://…\") after AddWeirWorker");
        return _faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail([.. _faults]);
    }

    private void Check(TimeSpan value, string field, TimeSpan least, TimeSpan most) =>
        Check(value >= least && value <= most, field, value, string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"));

    private void Check(bool holds, string field, object? value, string right)
    {
        if (!holds)
            _faults.Add(string.Create(CultureInfo.InvariantCulture, $"{WeirWorkerOptions.Section}:{field} is '{value}'; give {right}"));
    }
}
