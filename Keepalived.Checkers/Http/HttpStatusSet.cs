namespace Keepalived.Checkers.Http;

/// <summary>Which status codes are good (<c>status_code</c>).</summary>
public sealed class HttpStatusSet
{
    private const int First = 100;
    private const int Last = 599;

    private readonly bool[] _good = new bool[Last - First + 1];

    /// <summary>200 to 299, what applies when nothing is said.</summary>
    public static HttpStatusSet Successful { get; } = new((200, 299));

    /// <summary>The codes within some ranges.</summary>
    /// <param name="ranges">First and last code, 100 to 599.</param>
    /// <exception cref="ArgumentException">A range is empty or not within 100 to 599, or there is none.</exception>
    public HttpStatusSet(params ReadOnlySpan<(int First, int Last)> ranges)
    {
        if (ranges.IsEmpty)
            throw new ArgumentException("No status would be good.", nameof(ranges));
        foreach (var (first, last) in ranges)
        {
            if (first < First || last > Last || first > last)
                throw new ArgumentException($"{first}-{last} is no range within {First}-{Last}.", nameof(ranges));
            _good.AsSpan(first - First, last - first + 1).Fill(true);
        }
    }

    /// <summary>Whether a code is good.</summary>
    /// <param name="status">The code; any number.</param>
    /// <returns><see langword="true"/> if it is within the set.</returns>
    public bool Contains(int status) => status is >= First and <= Last && _good[status - First];
}
