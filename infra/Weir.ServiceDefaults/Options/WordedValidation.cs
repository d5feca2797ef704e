using Microsoft.Extensions.Options;
using Weir.Bus.Options;

namespace Weir.ServiceDefaults.Options;

/// <summary>Checks the ranges that options declare, and says field, value and what would be right.</summary>
internal sealed class WordedValidation<T>(string section, SectionBinding<T> binding) : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var faults = binding.Faults.Concat(Worded.Faults(section, options)).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
