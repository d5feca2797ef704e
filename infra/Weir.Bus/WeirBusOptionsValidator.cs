using Microsoft.Extensions.Options;

namespace Weir.Bus;

/// <summary>The ranges that the options declare, checked by generated code.</summary>
[OptionsValidator]
internal sealed partial class WeirBusOptionsValidator : IValidateOptions<WeirBusOptions>;
