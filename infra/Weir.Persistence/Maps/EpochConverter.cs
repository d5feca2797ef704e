using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Weir.Core.Identity;

namespace Weir.Persistence.Maps;

internal sealed class EpochConverter() : ValueConverter<Epoch, long>(epoch => epoch.Value, value => new Epoch(value));
