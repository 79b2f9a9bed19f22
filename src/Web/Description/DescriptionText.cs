using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Siamese.Web.Description;

/// <summary>The API's description as JSON. It stays the same while the program runs, so it is made once, when somebody first asks for it.</summary>
/// <param name="services">The program's services.</param>
internal sealed class DescriptionText(IServiceProvider services) : IDisposable
{
    private readonly SemaphoreSlim _making = new(1);
    private volatile byte[]? _text;

    /// <summary>The description, in UTF-8.</summary>
    public async ValueTask<byte[]> Read(CancellationToken cancellation)
    {
        if (_text is { } made)
            return made;
        await _making.WaitAsync(cancellation);
        try
        {
            return _text ??= await Make();
        }
        finally
        {
            _making.Release();
        }
    }

    public void Dispose() => _making.Dispose();

    private async Task<byte[]> Make()
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(ApiDescription.Version).GetOpenApiDocumentAsync();
        using var text = new MemoryStream();
        await document.SerializeAsJsonAsync(text, OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        return text.ToArray();
    }
}
