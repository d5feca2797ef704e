using Microsoft.Extensions.Options;

namespace Weir.Worker.Ticker;

internal sealed class TickerOptionsValidator : IValidateOptions<TickerOptions>
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, TickerOptions options)
    {
        var faults = new List<string>();
        if (options.LogDirectory.Length == 0)
            faults.Add($"{TickerOptions.Section}:LogDirectory is empty; name the folder that the logs go to");
        if (options.Interval < Least || options.Interval > Most)
            faults.Add($"{TickerOptions.Section}:Interval is '{options.Interval}'; give {Least} to {Most}");
        if (options.Sink != TickSinkKind.None && options.ConnectionString.Length == 0)
            faults.Add($"{TickerOptions.Section}:ConnectionString is empty; give that of the {options.Sink} sink");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
