using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Siamese.Web.Access;
using Siamese.Web.Limits;
using Siamese.Web.Problems;

namespace Siamese.Web.Requests;

/// <summary>Reads the bodies of requests.</summary>
internal static class Bodies
{
    /// <summary>How JSON is read: names as they are, unknown ones refused, so that a misspelt name does not do something else than asked.</summary>
    public static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads a body in JSON.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maximumBytes">The largest body that is read.</param>
    /// <exception cref="ProblemException">It is too large, something else than JSON, or not what is expected.</exception>
    public static async Task<T> ReadJson<T>(this HttpRequest request, long maximumBytes)
    {
        if (!request.HasJsonContentType())
            throw new ProblemException(ProblemKind.WrongMediaType, $"The body must have the media type application/json, not {request.ContentType ?? "none"}.");
        request.Limit(maximumBytes);
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, Strict, request.HttpContext.RequestAborted)
                ?? throw new ProblemException(ProblemKind.Malformed, "The body is null; send an object.");
        }
        catch (JsonException e)
        {
            throw new ProblemException(ProblemKind.Malformed, $"The body is not as described at /openapi/v1.json: {e.Message}");
        }
    }

    /// <summary>Refuses a body of another media type.</summary>
    /// <exception cref="ProblemException">It has another.</exception>
    public static void Expect(this HttpRequest request, string mediaType)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
            throw new ProblemException(ProblemKind.WrongMediaType, $"The body must have the media type {mediaType}, not {request.ContentType ?? "none"}.");
    }

    /// <summary>Refuses a body that is larger, as soon as that is known, and takes its place among the bodies that this silo has in memory.</summary>
    /// <exception cref="ProblemException">Its stated length is larger, or there is no place for it now.</exception>
    public static void Limit(this HttpRequest request, long maximumBytes)
    {
        request.LimitOfFile(maximumBytes);
        TakePlace(request);
    }

    /// <summary>The same for a body that goes into a file.</summary>
    /// <exception cref="ProblemException">Its stated length is larger.</exception>
    public static void LimitOfFile(this HttpRequest request, long maximumBytes)
    {
        if (request.ContentLength > maximumBytes)
            throw new ProblemException(ProblemKind.TooLarge, $"The body has {request.ContentLength:#,0} bytes, more than the maximum of {maximumBytes:#,0}; send less at once.");
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = maximumBytes;
    }

    private static void TakePlace(HttpRequest request)
    {
        var context = request.HttpContext;
        var places = context.RequestServices.GetRequiredService<RequestPlaces>();
        var caller = Visit.CallerOf(context);
        if (request.ContentLength is { } length)
        {
            context.Response.RegisterForDispose(places.TakeBody(caller, length));
            return;
        }

        var body = new MeteredBody(request.Body, bytes => places.TakeBody(caller, bytes));
        context.Response.RegisterForDispose(body);
        request.Body = body;
    }
}
