using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Siamese.Web.Problems;

/// <summary>What a request asks for.</summary>
internal static class OperationName
{
    private static readonly string[] _methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <summary>A method and a route, as the code has them: never text that the sender chose.</summary>
    public static string Of(HttpContext context) =>
        $"{_methods.FirstOrDefault(method => method == context.Request.Method) ?? "another method"} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "at an unknown address"}";
}
