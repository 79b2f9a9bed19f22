using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Siamese.Page.Layout;

/// <summary>An answer that is a page: HTML of a component, which needs no script.</summary>
/// <typeparam name="TView">The component; its parameter `Model` is all that it knows.</typeparam>
/// <param name="model">What it shows.</param>
internal sealed class HtmlPage<TView>(object model) : IResult where TView : IComponent
{
    public const string MediaType = "text/html; charset=utf-8";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var html = await Render(httpContext.RequestServices);
        httpContext.Response.ContentType = MediaType;
        await httpContext.Response.WriteAsync(html, httpContext.RequestAborted);
    }

    private async Task<string> Render(IServiceProvider services)
    {
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TView>(ParameterView.FromDictionary(new Dictionary<string, object?> { ["Model"] = model }))).ToHtmlString());
    }
}
