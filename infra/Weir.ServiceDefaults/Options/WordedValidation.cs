using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace Weir.ServiceDefaults.Options;

/// <summary>Checks the ranges that options declare, and says field, value and what would be right.</summary>
internal sealed class WordedValidation<T>(string section, SectionBinding<T> binding) : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var faults = binding.Faults.Concat(typeof(T).GetProperties().SelectMany(property => Faults(property, options))).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(PropertyInfo property, T options)
    {
        var value = property.GetValue(options);
        return property.GetCustomAttributes<ValidationAttribute>()
            .Where(rule => !rule.IsValid(value))
            .Select(rule => $"{section}:{property.Name} is {Worded.Value(property.Name, value)}; {Worded.Rule(rule, property.PropertyType)}");
    }
}
