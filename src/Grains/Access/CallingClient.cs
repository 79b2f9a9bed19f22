namespace Siamese.Grains.Access;

/// <summary>The client on whose behalf a grain is called.</summary>
public static class CallingClient
{
    private const string Key = "siamese.client";

    /// <summary>Its name, as the silo that admitted it knows it; null if no client calls.</summary>
    public static string? Name => RequestContext.Get(Key) as string;

    /// <summary>Remembers the client during a call and the calls that follow from it. Whatever the client itself says about its name is replaced.</summary>
    public static void Is(string name) => RequestContext.Set(Key, name);
}
