using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using Siamese.Contracts;
using Siamese.Web.Problems;

namespace Siamese.Web.Requests;

/// <summary>Checks the query of a request against the parameters of the operation's handler.</summary>
internal static class QueryCheck
{
    /// <summary>
    /// Refuses names that the operation does not know, so that a misspelt name does not do something else than asked, and says
    /// which value could not be read.
    /// </summary>
    public static RouteGroupBuilder CheckQueries(this RouteGroupBuilder operations) => operations.AddEndpointFilterFactory((made, next) =>
    {
        var known = made.MethodInfo.GetParameters().SelectMany(Parts).ToDictionary(part => char.ToLowerInvariant(part.Name[0]) + part.Name[1..], part => part.Type, StringComparer.Ordinal);
        return context =>
        {
            var (query, path) = (context.HttpContext.Request.Query, context.HttpContext.Request.RouteValues);
            if (query.Keys.FirstOrDefault(name => !known.ContainsKey(name) || path.ContainsKey(name)) is { } unknown)
                throw new ProblemException(ProblemKind.Malformed, $"There is no '{PlainText.Of(unknown)}' in the query of this operation; see /openapi/v1.json.");
            // The framework has found that a value cannot be read, but does not say which.
            if (context.HttpContext.Response.StatusCode == StatusCodes.Status400BadRequest)
                throw new ProblemException(ProblemKind.Malformed, query.Select(value => Fault(value.Key, value.Value, known[value.Key])).FirstOrDefault(fault => fault is not null) ?? "A value in the address cannot be read.");
            return next(context);
        };
    });

    /// <summary>A parameter or, if its properties are the parameters, these; none if it is not from the address.</summary>
    private static IEnumerable<(string Name, Type Type)> Parts(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(AsParametersAttribute)) ? parameter.ParameterType.GetProperties().Select(property => (property.Name, property.PropertyType))
        : IsValue(parameter.ParameterType) && !parameter.IsDefined(typeof(FromHeaderAttribute)) ? [(parameter.GetCustomAttribute<FromQueryAttribute>()?.Name ?? parameter.Name!, parameter.ParameterType)]
        : [];

    private static bool IsValue(Type type) => One(type) is var one && (one == typeof(string) || one.IsPrimitive);

    /// <summary>The type of a single value.</summary>
    private static Type One(Type type) => type.IsArray ? type.GetElementType()! : Nullable.GetUnderlyingType(type) ?? type;

    private static string? Fault(string name, StringValues values, Type type)
    {
        var one = One(type);
        if (values.FirstOrDefault(value => !IsA(one, value)) is { } odd)
            return $"'{name}': '{PlainText.Of(odd)}' is not a {(one == typeof(int) ? "whole number" : one == typeof(double) ? "number" : "valid value")}.";
        return values.Count > 1 && !type.IsArray ? $"'{name}' is stated more than once." : null;
    }

    private static bool IsA(Type type, string? value) =>
        type == typeof(int) ? int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
        : type == typeof(double) ? double.TryParse(value, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _)
        : type != typeof(bool) || bool.TryParse(value, out _);
}
