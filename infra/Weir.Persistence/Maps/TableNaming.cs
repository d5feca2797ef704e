using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Weir.Persistence.Maps;

/// <summary>Names that a person can type at an SQL prompt without quotes, and a check for each closed set of words.</summary>
internal static class TableNaming
{
    /// <summary>Applies to our own rows alone: the tables of the outbox keep the names other tools know.</summary>
    internal static void Apply(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes().Where(type => type.ClrType.Namespace == typeof(Rows.StoredLease).Namespace))
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(Snake(property.Name) + (IsSpan(property) ? "_ms" : ""));
                Constrain(entity, property);
            }

            foreach (var key in entity.GetKeys()) key.SetName($"pk_{entity.GetTableName()}");
            foreach (var index in entity.GetIndexes())
                index.SetDatabaseName($"ix_{entity.GetTableName()}_{string.Join('_', index.Properties.Select(property => Snake(property.Name)))}");
        }
    }

    internal static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0) text.Append('_');
            text.Append(char.ToLower(letter, CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static void Constrain(IMutableEntityType entity, IMutableProperty property)
    {
        if (!property.ClrType.IsEnum) return;

        property.SetMaxLength(Widths.State);
        var words = string.Join(", ", Enum.GetNames(property.ClrType).Select(word => $"'{word}'"));
        var column = Snake(property.Name);
        entity.AddCheckConstraint($"ck_{entity.GetTableName()}_{column}", $"{column} IN ({words})");
    }

    private static bool IsSpan(IMutableProperty property) => property.ClrType == typeof(TimeSpan);
}
