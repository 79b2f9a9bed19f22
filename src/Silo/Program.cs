using Microsoft.Extensions.Hosting;
using Siamese.Silo;

return await SiloCommand.Parse(args).InvokeAsync(async (options, cancellation) =>
{
    using var host = SiloHost.Build(options);
    await host.RunAsync(cancellation);
});
