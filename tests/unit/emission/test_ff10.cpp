#include "outside_case.hpp"

#include <algorithm>

using namespace tq;

namespace {

class Ff10 : public test::OutsideCase {
 protected:
  static std::string item(const std::string& more = "sector = \"freight\"\n") {
    return "[[inventory]]\nid = \"more\"\nkind = \"ff10\"\nsources = \"f.csv\"\n" + more; // lines 2 to 5
  }
  static double of(const InventoryAmounts& amounts, InventoryPollutant pollutant) {
    return amounts[std::size_t(pollutant)];
  }
  const Source& source(const EmissionModel& model, const std::string& id) const {
    for (const Source& candidate : model.inventory().sources) {
      if (candidate.id == id) {
        return candidate;
      }
    }
    throw std::invalid_argument(id);
  }
};

const std::string nonpoint = "#FORMAT=FF10_NONPOINT\n#COUNTRY=CHINA\n"
                             "country_cd,region_cd,census_tract_cd,shape_id,scc,emis_type,poll,ann_value\n";
const std::string point = "#FORMAT FF10_POINT\nregion_cd,facility_id,unit_id,rel_point_id,process_id,scc,poll,"
                          "ann_value,facility_name,stkhgt,stkdiam,stktemp,stkflow,stkvel,longitude,latitude\n";

const std::string monthly = nonpoint.substr(0, nonpoint.size() - 1) +
                            ",jan_value,feb_value,mar_value,apr_value,may_value,jun_value,jul_value,aug_value,"
                            "sep_value,oct_value,nov_value,dec_value\n";

constexpr double short_ton = 907.18474 / (365.0 * 86400.0); // kg s-1

} // namespace

TEST_F(Ff10, SpreadsRegionsOverManagementCellsAndFeatures) {
  write("g.geojson", R"({"type": "FeatureCollection", "features": [{"type": "Feature", "id": "036061", "properties": {},
"geometry": {"type": "Polygon", "coordinates": [[[117.17, 29.27], [117.19, 29.27], [117.19, 29.29], [117.17, 29.29], [117.17, 29.27]]]}}]})");
  write("f.csv", nonpoint + "CN,W-1,,,2280003010,,NOX,10\nCN,W-1,,,2280003010,,SO2,2.5\nCN,W-1,,,2280003010,,PM2_5,1\n"
                            "CN,W-1,,,2280003030,,NOX,4\nCN,036061,,,2280003030,,EXH__PM25-PRI,3\n"
                            "CN,036061,,,2280003030,,BRK__PM25-PRI,1\nCN,036061,,,2280003030,,EXH__PM10-PRI,9\n");
  const EmissionModel model = this->model(item("geometry = \"g.geojson\"\nsector = \"freight\"\n"
                                               "scc.228 = \"ships\"\nscc.2280003030 = \"trains\"\n"
                                               "[inventory.profile]\ntrains = \"mobile\"\n"));
  const Source& west = source(model, "more/W-1/2280003010");
  EXPECT_EQ(west.sector, "ships");
  EXPECT_EQ(city_.cells.cells[std::size_t(west.cell)].id, "W-1");
  EXPECT_EQ(west.placement.inside, 1);
  EXPECT_EQ(source(model, "more/036061/2280003030").sector, "trains");
  EXPECT_EQ(model.inventory().sources.size(), 8U);
  const InventoryAmounts sum = on_grid(model);
  EXPECT_NEAR(of(sum, InventoryPollutant::nox) / (14 * short_ton), 1, 1e-12);
  EXPECT_NEAR(of(sum, InventoryPollutant::so2) / (2.5 * short_ton), 1, 1e-12);
  EXPECT_NEAR(of(sum, InventoryPollutant::pm2_5) / (5 * short_ton), 1, 1e-12);
  EXPECT_NEAR(of(sum, InventoryPollutant::pm10) / (10 * short_ton), 1, 1e-12); // 9, and 1 that is not given
  EXPECT_NEAR(of(sum, InventoryPollutant::tsp) / (10 * short_ton), 1, 1e-12);
}

TEST_F(Ff10, StacksComeInFeetAndFahrenheit) {
  write("f.csv", point + "1,100,1,2,3,20100101,SO2,8,Kiln Works,100,10,212,,50,117.2,29.3\n"
                         "1,100,1,4,3,20100101,SO2,8,Kiln Works,100,10,212,1000,,117.2,29.3\n"
                         "1,100,1,5,3,20100101,SO2,8,Kiln Works,,,,,,117.2,29.3\n"
                         "1,200,1,1,1,20100101,SO2,16,Far,,,,,,118.2,29.3\n");
  const EmissionModel model = this->model(item());
  const Source& stack = source(model, "more/1/100/1/2/3/20100101");
  ASSERT_TRUE(stack.stack);
  EXPECT_NEAR(stack.stack->height, 30.48, 1e-12);
  EXPECT_NEAR(stack.stack->diameter, 3.048, 1e-12);
  EXPECT_NEAR(stack.stack->temperature, 373.15, 1e-10);
  EXPECT_NEAR(stack.stack->velocity, 15.24, 1e-12);
  EXPECT_EQ(stack.enterprise, "Kiln Works");
  // 1000 ft3 s-1 through 10 ft are 12.7324 ft s-1.
  EXPECT_NEAR(source(model, "more/1/100/1/4/3/20100101").stack->velocity, 12.7324 * 0.3048, 1e-4);
  EXPECT_FALSE(source(model, "more/1/100/1/5/3/20100101").stack);
  EXPECT_NEAR(of(on_grid(model), InventoryPollutant::so2) / (24 * short_ton), 1, 1e-12);
}

TEST_F(Ff10, HeadersMayGiveUnits) {
  write("f.csv", "region_cd,scc,poll,ann_value [kg yr-1]\nW-1,1,CO,500\n");
  EXPECT_NEAR(of(on_grid(model(item())), InventoryPollutant::co) * 365 * 86400, 500, 1e-9);
}

TEST_F(Ff10, WhatIsLeftOutIsSaidOnceWithItsMass) {
  write("f.csv", nonpoint + "CN,W-1,,,1,,NOX,10\nCN,W-1,,,1,,CO2,100\nCN,W-1,,,2,,CO2,100\nCN,W-1,,,1,,PM-CON,1\n"
                            "CN,99001,,,1,,SO2,3\nCN,99002,,,1,,NOX,1\n");
  EXPECT_EQ(warnings(item()),
            "warning: f.csv: pollutants that the program does not count are left out [t yr-1]: CO2 181.437, PM-CON "
            "0.907185\n"
            "warning: f.csv: sources of regions that are no feature of the geometry file and no management cell are "
            "left out: 2, of 99001, 99002; they emit [t yr-1]: so2 2.72155, nox 0.907185\n");
  write("f.csv", point + "1,100,1,2,3,1,SO2,8,,,,,,,117.2,29.3\n1,200,1,1,1,1,SO2,16,,,,,,,118.2,29.3\n");
  EXPECT_EQ(warnings(item()),
            "warning: f.csv: sources outside the domain are left out: 1, of 200; they emit [t yr-1]: so2 14.515\n");
}

// Short tons by month: 1 to 12 of NOX by hours and weekdays of industry, and 36.5 of SO2 by its months too; of stone
// dust all particles in July, and coarse ones alone in August.
TEST_F(Ff10, MonthsAreEmittedAsGiven) {
  write("f.csv", monthly + "CN,W-1,,,1,,NOX,78.5,1,2,3,4,5,6,7,8,9,10,11,12\nCN,W-1,,,1,,SO2,36.5,,,,,,,,,,,,\n"
                           "CN,W-1,,,2,,PM2_5,,0,0,0,0,0,0,2,0,0,0,0,0\n"
                           "CN,W-1,,,2,,PM10,8,0,0,0,0,0,0,5,3,0,0,0,0\n");
  const EmissionModel model =
      this->model(item("sector = \"works\"\nprofile = \"industry\"\n"
                       "[run]\nstart = 2017-01-01T00:00:00+08:00\nend = 2018-01-01T00:00:00+08:00\n"));
  const auto index = [&](const std::string& id) {
    return std::size_t(&source(model, id) - model.inventory().sources.data());
  };
  const std::size_t works = index("more/W-1/1"), stone = index("more/W-1/2");
  double so2 = 0;
  for (int month = 1; month <= 12; ++month) {
    const Instant from = city_.zone.to_instant({2017, month, 1, 0, 0, 0}),
                  to = city_.zone.to_instant({month == 12 ? 2018 : 2017, month % 12 + 1, 1, 0, 0, 0});
    const std::vector<InventoryAmounts> emitted = model.totals(from, to).sources; // kg
    EXPECT_NEAR(of(emitted[works], InventoryPollutant::nox) / 907.18474, month, 1e-9) << month;
    so2 += of(emitted[works], InventoryPollutant::so2) / 907.18474;
    EXPECT_NEAR(of(emitted[stone], InventoryPollutant::pm2_5) / 907.18474, month == 7 ? 2 : 0, 1e-9) << month;
    const double stone_pm10 = month == 7 ? 5 : month == 8 ? 3 : 0;
    EXPECT_NEAR(of(emitted[stone], InventoryPollutant::pm10) / 907.18474, stone_pm10, 1e-9) << month;
  }
  EXPECT_NEAR(so2, 36.5, 1e-9);
  // Days and hours are those of the profile: a Monday at ten and a Sunday at three in one month.
  const auto nox = [&](const CivilTime& hour) {
    const Instant from = city_.zone.to_instant(hour);
    return of(model.totals(from, from + seconds_per_hour).sources[works], InventoryPollutant::nox);
  };
  const std::vector<Profile>& profiles = model.inventory().profiles;
  const auto industry =
      std::find_if(profiles.begin(), profiles.end(), [](const Profile& profile) { return profile.name == "industry"; });
  EXPECT_NEAR(nox({2017, 5, 8, 10, 0, 0}) / nox({2017, 5, 7, 3, 0, 0}),
              industry->weight({2017, 5, 8, 10, 0, 0}) / industry->weight({2017, 5, 7, 3, 0, 0}), 1e-12);
}

TEST_F(Ff10, AMonthIsEmittedEvenWhereItsProfileRests) {
  std::string ones = "1";
  for (int hour = 1; hour < 24; ++hour) {
    ones += ", 1";
  }
  write("p.toml", "schema = \"profiles/1\"\n[profile.idle]\nmonthly = [" + ones.substr(0, 34) + "]\nweekly = [" +
                      ones.substr(0, 19) + "]\nhourly = [" + ones +
                      "]\nspring_festival = { from = -20, to = 30, weight = 0.001 }\n");
  write("f.csv", monthly + "CN,W-1,,,1,,NOX,12,1,1,1,1,1,1,1,1,1,1,1,1\n");
  const EmissionModel model =
      this->model(item("sector = \"works\"\nprofile = \"idle\"\nprofiles = \"p.toml\"\n"
                       "[run]\nstart = 2017-02-01T00:00:00+08:00\nend = 2017-03-01T00:00:00+08:00\n"));
  const std::size_t index = std::size_t(&source(model, "more/W-1/1") - model.inventory().sources.data());
  EXPECT_NEAR(of(model.totals().sources[index], InventoryPollutant::nox) / 907.18474, 1, 1e-9);
}

TEST_F(Ff10, MonthsMayHaveAUnitAndCountInWhatIsLeftOut) {
  std::string tonnes = monthly;
  for (auto at = tonnes.find("_value,", tonnes.find("jan_")); at != std::string::npos;
       at = tonnes.find("_value,", at + 1)) {
    tonnes.insert(at + 6, " [t]");
  }
  tonnes.insert(tonnes.size() - 1, " [t]");
  write("f.csv", tonnes + "CN,W-1,,,1,,CO,,1,1,1,1,1,1,1,1,1,1,1,2\nCN,99001,,,1,,CO,,1,1,1,1,1,1,1,1,1,1,1,2\n");
  double co = 0;
  const EmissionModel model = this->model(item());
  for (const Stream& stream : source(model, "more/W-1/1").streams) {
    co += model.species().gather(stream.rate)[std::size_t(InventoryPollutant::co)];
  }
  EXPECT_NEAR(co * 365 * 86400, 13000, 1e-8);
  EXPECT_EQ(warnings(item()),
            "warning: f.csv: sources of regions that are no feature of the geometry file and no management cell are "
            "left out: 1, of 99001; they emit [t yr-1]: co 13\n");
}

TEST_F(Ff10, RefusesMalformedMonths) {
  const auto said = [this](const std::string& text) {
    write("f.csv", text);
    return message(item());
  };
  EXPECT_EQ(
      said("region_cd,scc,poll,ann_value,jan_value,feb_value,apr_value,may_value,jun_value,jul_value,aug_value,"
           "sep_value,oct_value,nov_value,dec_value\nW-1,1,CO,11,1,1,1,1,1,1,1,1,1,1,1\n"),
      "f.csv:1: has no column \"mar_value\": there are region_cd, scc, poll, ann_value, jan_value, feb_value, "
      "apr_value, may_value, jun_value, jul_value, aug_value, sep_value, oct_value, nov_value, dec_value; did you "
      "mean \"may_value\"?");
  std::string rate = monthly;
  rate.insert(rate.size() - 1, " [t yr-1]");
  EXPECT_EQ(said(rate + "CN,W-1,,,1,,CO,1,,,,,,,,,,,,\n"),
            "f.csv:3:20: dec_value: unit \"t yr-1\" does not measure kg: must be one of \"kg\", \"t\"");
  EXPECT_EQ(said(monthly + "CN,W-1,,,1,,CO,12,1,1,,1,1,1,1,1,1,1,1,2\n"),
            "f.csv:4:11: mar_value is empty: must be a number, 0 for none, as other months are");
  EXPECT_EQ(said(monthly + "CN,W-1,,,1,,CO,10,1,1,1,1,1,1,1,1,1,1,1,-1\n"),
            "f.csv:4:20: dec_value = -1: must be 0 or more");
  EXPECT_EQ(said(monthly + "CN,W-1,,,1,,CO,12,1,one,1,1,1,1,1,1,1,1,1,1\n"),
            "f.csv:4:10: feb_value = \"one\": must be a number");
  EXPECT_EQ(said(monthly + "CN,W-1,,,1,,CO,12.2,1,1,1,1,1,1,1,1,1,1,1,1\n"),
            "f.csv:4:8: ann_value = 12.2: must be 12, the sum of jan_value to dec_value, to 1 %");
  EXPECT_EQ(said(monthly + "CN,W-1,,,1,,CO,0,1,1,1,1,1,1,1,1,1,1,1,1\n"),
            "f.csv:4:8: ann_value = 0: must be 12, the sum of jan_value to dec_value, to 1 %");
  EXPECT_EQ(said(monthly + "CN,W-1,,,1,,CO,12,0,0,0,0,0,0,0,0,0,0,0,0\n"),
            "f.csv:4:8: ann_value = 12: must be 0, the sum of jan_value to dec_value, to 1 %");
  EXPECT_EQ(said(monthly + "CN,W-1,,,1,,PM2_5,12,1,1,1,1,1,1,1,1,1,1,1,1\nCN,W-1,,,1,,PM10,24,,,,,,,,,,,,\n"),
            "f.csv:5:7: poll = PM10: must have its months given, or not, as pm2_5 of the source: particles are counted "
            "cumulatively");
  EXPECT_EQ(said(monthly + "CN,W-1,,,1,,PM2_5,12,,,,,,,,,,,,\nCN,W-1,,,1,,PM10,24,2,2,2,2,2,2,2,2,2,2,2,2\n"),
            "f.csv:5:7: poll = PM10: must have its months given, or not, as pm2_5 of the source: particles are counted "
            "cumulatively");
  EXPECT_EQ(said(monthly + "CN,W-1,,,1,,PM2_5,12,1,1,1,1,1,1,1,1,1,1,1,1\n"
                           "CN,W-1,,,1,,PM10,24,0.5,3.5,2,2,2,2,2,2,2,2,2,2\n"),
            "f.csv:5:9: jan_value = 0.5: must be at least that of pm2_5 of the source: particles are counted "
            "cumulatively");
}

TEST_F(Ff10, RefusesBrokenFiles) {
  const auto said = [this](const std::string& text, const std::string& more = "sector = \"freight\"\n") {
    write("f.csv", text);
    return message(item(more));
  };
  EXPECT_EQ(said("#FORMAT=FF10_DAILY_POINT\nregion_cd,scc,poll,ann_value\n"),
            "f.csv:1: #FORMAT = FF10_DAILY_POINT: must be one of FF10_NONPOINT, FF10_NONROAD, FF10_ONROAD, FF10_POINT");
  EXPECT_EQ(said("region_cd,scc,pol,ann_value\nW-1,1,CO,1\n"),
            "f.csv:1: has no column \"poll\": there are region_cd, scc, pol, ann_value; did you mean \"pol\"?");
  EXPECT_EQ(said("region_cd,scc,poll,ann_value [tons/yr]\nW-1,1,CO,1\n"),
            "f.csv:1:4: ann_value: unknown unit \"tons/yr\": must be one of \"kg s-1\", \"g s-1\", \"kg h-1\", \"kg "
            "day-1\", \"kg yr-1\", \"t yr-1\"");
  EXPECT_EQ(said(nonpoint + "CN,W-1,,,1,,NOX,-1\n"), "f.csv:4:8: ann_value = -1: must be 0 or more");
  EXPECT_EQ(said(nonpoint + "CN,W-1,,,1,,NOX,\n"),
            "f.csv:4:8: ann_value = : must be a number, or jan_value to dec_value be given");
  EXPECT_EQ(said(nonpoint + "CN,W-1,,,1,,NOX,ten\n"), "f.csv:4:8: ann_value = \"ten\": must be a number");
  EXPECT_EQ(said(nonpoint + "CN,W-1,,,1,,NOX,1\nCN,W-1,,,1,,NOX,2\n"),
            "f.csv:5:7: poll = NOX: must be there once for a source; also in line 4");
  EXPECT_EQ(said(nonpoint + "CN,W-1,,,1,,PM25-PRI,1\nCN,W-1,,,1,,PM2_5,1\n"), // two names of one pollutant
            "f.csv:5:7: poll = PM2_5: must be there once for a source; also in line 4");
  EXPECT_EQ(said(nonpoint + "CN,W-1,,,1,,PM2_5,2\nCN,W-1,,,1,,PM10,1\n"),
            "f.csv:5:8: ann_value = 1: must be at least that of pm2_5 of the source: particles are counted "
            "cumulatively");
  EXPECT_EQ(said(nonpoint + "CN,36061,,,1,,NOX,1\n"),
            "f.csv: region_cd: must be the id of a feature in the geometry file or of a management cell, at least in "
            "one row; there are 36061");
  EXPECT_EQ(said(nonpoint + "CN,W-1,,,1,,NOX,1\nCN,E-1,,,1,,NOX,1\n", "scc.22 = \"ships\"\n"),
            "f.csv:4:5: scc = 1: must begin with a name in `scc` of the inventory, which has no `sector` for the "
            "others");
  EXPECT_EQ(said(nonpoint + "CN,W-1,,,1,,NOX,1\n", "sector = \"x\"\nprofile = \"flt\"\n").substr(0, 60),
            "scenario.toml:7:1: profile = \"flt\": must be one of mobile, i");
  EXPECT_EQ(said(point + "1,100,1,2,3,1,SO2,8,,100,10,,,,117.2,29.3\n"),
            "f.csv:3:10: stkhgt = 100: must come with stkdiam, stktemp and stkvel (or stkflow) above 0");
  EXPECT_EQ(said(point + "1,100,1,2,3,1,SO2,8,,,,,,,217.2,29.3\n"),
            "f.csv:3:15: longitude = 217.2: must be in [-180, 180] degrees");
}

namespace {
using SharedFf10 = Ff10;
}

/// Marine emission of a region that is here laid over a feature of the made-up city. The sums over both SCCs are those
/// of the file's lines, in short tons.
TEST_F(SharedFf10, SampleKeepsItsMass) {
  const std::filesystem::path file = test::shared_directory() / "data/ff10_sample_inmap.csv";
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << "no " << file;
  }
  write("g.geojson", R"({"type": "FeatureCollection", "features": [{"type": "Feature", "id": "36061", "properties": {},
"geometry": {"type": "Polygon", "coordinates": [[[117.17, 29.27], [117.19, 29.27], [117.19, 29.29], [117.17, 29.29], [117.17, 29.27]]]}}]})");
  const EmissionModel model = this->model("[[inventory]]\nid = \"more\"\nkind = \"ff10\"\nsources = \"" +
                                          file.string() + "\"\ngeometry = \"g.geojson\"\nsector = \"ships\"\n");
  EXPECT_EQ(model.inventory().sources.size(), 7U);
  const InventoryAmounts sum = on_grid(model);
  EXPECT_NEAR(of(sum, InventoryPollutant::so2) / ((17421.3432331000004 + 2.13812871799999993) * short_ton), 1, 1e-12);
  EXPECT_NEAR(of(sum, InventoryPollutant::nox) / ((21709.4748887999995 + 3.6699232180000001) * short_ton), 1, 1e-12);
}
