using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Weir.Core.Identity;

namespace Weir.Persistence.Maps;

internal sealed class IncarnationConverter() : ValueConverter<Incarnation, long>(life => life.Value, value => new Incarnation(value));
