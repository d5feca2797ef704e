using Microsoft.Extensions.Options;

namespace Weir.Persistence.Settings;

/// <summary>What one option says about another.</summary>
internal sealed class DatabaseOptionsRules : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(DatabaseOptions options)
    {
        if (options.PoolMin > options.PoolMax)
            yield return $"PoolMin is {options.PoolMin}, above PoolMax {options.PoolMax}: raise PoolMax or lower PoolMin";
        if (options.LockTimeout >= options.StatementTimeout)
            yield return $"LockTimeout is {options.LockTimeout}, not below StatementTimeout {options.StatementTimeout}: it would never be the reason a statement ends";
        if (options.StatementTimeout > options.Deadline)
            yield return $"StatementTimeout is {options.StatementTimeout}, above Deadline {options.Deadline}: a statement would outlive its unit of work";
        if (options.RetryBase > options.RetryMax)
            yield return $"RetryBase is {options.RetryBase}, above RetryMax {options.RetryMax}";
    }
}
