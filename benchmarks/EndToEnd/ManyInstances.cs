using System.Globalization;
using Keepalived.Interop.Tests.Lab;

namespace Keepalived.EndToEnd;

/// <summary>Hundreds or thousands of instances, 255 to a multicast group: a router id is one byte.</summary>
internal static class ManyInstances
{
    private const int InAGroup = 255;

    /// <summary>Instances like a given one, each with an identifier and an address of its own.</summary>
    public static object[] Like(VrrpInstance common, int count) =>
    [
        .. Enumerable.Range(0, count).Select(number => common with
        {
            Name = Text($"VI_{number}"),
            VirtualRouterId = (number % InAGroup) + 1,
            Addresses = [Address(number) + "/32"],
            Lines = [.. common.Lines, .. number < InAGroup ? [] : (string[])[Text($"mcast_dst_ip 224.0.1.{number / InAGroup}")]],
        }),
    ];

    public static string Address(int number) => Text($"10.{91 + (number / 62500)}.{number / 250 % 250}.{(number % 250) + 1}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
