using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Weir.Diagnostics.Access;

/// <summary>Puts the gate before everything else that the program serves, whatever it maps.</summary>
internal sealed class GateFirst : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<ApiGate>();
        next(app);
    };
}
