using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Weir.Core.Identity;

namespace Weir.Persistence.Maps;

internal sealed class WorkerIdConverter() : ValueConverter<WorkerId, string>(id => id.Value, text => WorkerId.Parse(text));
