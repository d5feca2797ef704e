using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Maps;

/// <summary>The column <c>changed</c> is the database's: triggers set it, and a context never writes it.</summary>
internal static class ChangedColumn
{
    internal static void Apply(ModelBuilder model)
    {
        foreach (var property in Of(model))
        {
            property.ValueGenerated = ValueGenerated.Never;
            property.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
            property.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        }
    }

    internal static IEnumerable<IMutableProperty> Of(ModelBuilder model) =>
        model.Model.GetEntityTypes()
            .Where(type => typeof(IMarkedRow).IsAssignableFrom(type.ClrType))
            .Select(type => type.GetProperty(nameof(IMarkedRow.Changed)));
}
