using Microsoft.Extensions.Options;
using Weir.Bus.Connecting;
using Weir.Bus.Options;

namespace Weir.Bus;

/// <summary>The ranges that the options declare, and what they mean together: all faults at once, each with the field, its value and what is right.</summary>
internal sealed class WeirBusOptionsValidator : IValidateOptions<WeirBusOptions>
{
    internal const string Section = "Weir:Bus";

    public ValidateOptionsResult Validate(string? name, WeirBusOptions options)
    {
        var faults = Worded.Faults(Section, options).ToList();
        if (options.TlsCaFile is { } file && !options.UseTls)
            faults.Add($"{Section}:{nameof(options.TlsCaFile)} is '{file}' and {nameof(options.UseTls)} is False; with a file of authorities {nameof(options.UseTls)} must be true");
        else if (options.TlsCaFile is { } authorities && BrokerTrust.FileFault(authorities) is { } fault)
            faults.Add($"{Section}:{nameof(options.TlsCaFile)} is '{authorities}', which {fault}; the path of a file with PEM certificates is right");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
