using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Weir.Core.Identity;

namespace Weir.Persistence.Maps;

internal sealed class EraConverter() : ValueConverter<Era, int>(era => era.Value, value => new Era(value));
