using Microsoft.Extensions.Options;
using Weir.Bus.Options;

namespace Weir.Worker;

/// <summary>Says at the start what of a section could not be read.</summary>
internal sealed class ReadSection<T>(WordedSection section) : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options) =>
        section.Faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(section.Faults);
}
