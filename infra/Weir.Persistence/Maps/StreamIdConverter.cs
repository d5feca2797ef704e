using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Weir.Core.Identity;

namespace Weir.Persistence.Maps;

internal sealed class StreamIdConverter() : ValueConverter<StreamId, string>(id => id.Value, text => StreamId.Parse(text));
